@echo off
rem What docker runs on Windows: it looks for this name.
"%~dp0atmos.bat" aws ecr credential-helper %*
