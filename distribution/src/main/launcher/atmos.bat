@echo off
rem Starts atmos on Windows, with a Java of version @JAVA@ or newer.
setlocal enableextensions disabledelayedexpansion
set "ATMOS_HOME_DIR=%~dp0.."
set "ATMOS_LIB=%ATMOS_HOME_DIR%\lib"
set "ATMOS_JAVA="
if defined ATMOS_JAVA_HOME if exist "%ATMOS_JAVA_HOME%\bin\java.exe" set "ATMOS_JAVA=%ATMOS_JAVA_HOME%"
if not defined ATMOS_JAVA if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "ATMOS_JAVA=%JAVA_HOME%"
if not defined ATMOS_JAVA for %%J in (java.exe) do if not "%%~$PATH:J"=="" for %%D in ("%%~dp$PATH:J..") do set "ATMOS_JAVA=%%~fD"
if not defined ATMOS_JAVA goto :nojava
set "ATMOS_VERSION="
if exist "%ATMOS_JAVA%\release" for /f "usebackq tokens=2 delims==" %%V in (`findstr /b "JAVA_VERSION=" "%ATMOS_JAVA%\release"`) do set "ATMOS_VERSION=%%~V"
set "ATMOS_MAJOR=0"
for /f "tokens=1 delims=.-+" %%M in ("%ATMOS_VERSION%") do set "ATMOS_MAJOR=%%M"
if %ATMOS_MAJOR% LSS @JAVA@ goto :nojava

set "ATMOS_LAUNCH_JAVA_TOOL_OPTIONS="
set "ATMOS_LAUNCH__JAVA_OPTIONS="
set "ATMOS_LAUNCH_JDK_JAVA_OPTIONS="
if defined JAVA_TOOL_OPTIONS set "ATMOS_LAUNCH_JAVA_TOOL_OPTIONS=%JAVA_TOOL_OPTIONS%"
if defined _JAVA_OPTIONS set "ATMOS_LAUNCH__JAVA_OPTIONS=%_JAVA_OPTIONS%"
if defined JDK_JAVA_OPTIONS set "ATMOS_LAUNCH_JDK_JAVA_OPTIONS=%JDK_JAVA_OPTIONS%"
set "JAVA_TOOL_OPTIONS="
set "_JAVA_OPTIONS="
set "JDK_JAVA_OPTIONS="

set "ATMOS_KEY=%ATMOS_JAVA% %ATMOS_VERSION%"
set "ATMOS_MADE="
if exist "%ATMOS_LIB%\atmos-@BUILD@-java" set /p ATMOS_MADE=<"%ATMOS_LIB%\atmos-@BUILD@-java"
set "ATMOS_AOT="
rem What mends a damaged cache must not need it, nor keep its file open.
if "%~1"=="startup-cache" goto :start
if not "%ATMOS_MADE%"=="%ATMOS_KEY%" goto :start
if not exist "%ATMOS_LIB%\atmos-@BUILD@-token.aot" goto :start
set "ATMOS_FILES=%ATMOS_LIB%\atmos-@BUILD@-token.aot"
rem The second cache is good for nothing where the file is gone that it was made on top of.
if exist "%ATMOS_LIB%\atmos-@BUILD@-main.aot" for /f "usebackq skip=1 delims=" %%F in ("%ATMOS_LIB%\atmos-@BUILD@-java") do if exist "%%F" set "ATMOS_FILES=%ATMOS_LIB%\atmos-@BUILD@-token.aot;%ATMOS_LIB%\atmos-@BUILD@-main.aot"
set ATMOS_AOT="-XX:SharedArchiveFile=%ATMOS_FILES%" -Datmos.cache=yes
rem `atmos version` looks at every byte of the caches, and does without them where one is wrong. Java
rem itself does so for most of the bytes only, and ends for the others: so it is asked first.
if "%~1"=="version" goto :verify
if "%~1"=="--version" goto :verify
goto :start
:verify
set ATMOS_AOT=%ATMOS_AOT% -XX:+VerifySharedSpaces
"%ATMOS_JAVA%\bin\java.exe" @FLAGS@ --enable-native-access=ALL-UNNAMED -XX:+SuppressFatalErrorMessage -XX:-CreateCoredumpOnCrash -cp "@CLASSPATH@" %ATMOS_AOT% @CHECK@ <nul >nul 2>&1
if not "%ERRORLEVEL%"=="0" set "ATMOS_AOT="
:start
"%ATMOS_JAVA%\bin\java.exe" @FLAGS@ --enable-native-access=ALL-UNNAMED -XX:+SuppressFatalErrorMessage -XX:-CreateCoredumpOnCrash -cp "@CLASSPATH@" "-Datmos.home=%ATMOS_HOME_DIR%" -Datmos.build=@BUILD@ "-Datmos.java=%ATMOS_KEY%" %ATMOS_AOT% @MAIN@ %*
exit /b %ERRORLEVEL%

:nojava
echo atmos: needs Java @JAVA@ or newer; install one, and set ATMOS_JAVA_HOME to its directory 1>&2
exit /b 1
