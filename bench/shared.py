"""What the programs of this directory share: finding what is measured, running it, and tables."""

import json
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MIB = 1024 * 1024
BEGIN = "<!-- made by bench/%s -->"
END = "<!-- end of bench/%s -->"
FLOOR_FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]


def fail(message):
    sys.exit("%s: %s" % (os.path.relpath(os.path.abspath(sys.argv[0]), ROOT), message))


class Variant:
    """A program to measure: its command, where and with what it runs, and how it is to end."""

    def __init__(self, key, name, command, directory, environment, code=0, token=True, probes=()):
        self.key = key
        self.name = name
        self.command = command
        self.directory = directory
        self.environment = environment
        self.code = code
        self.token = token
        # Identities that have to make a token as well, once.
        self.probes = probes
        # The file of its standard input; None for an empty one.
        self.input = None
        self.wall = []
        self.cpu = []
        self.memory = []


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def find_product(named):
    if named:
        return os.path.abspath(named)
    target = os.path.join(ROOT, "distribution", "target")
    names = sorted(os.listdir(target)) if os.path.isdir(target) else []
    for name in names:
        if os.access(os.path.join(target, name, "runtime", "bin", "java"), os.X_OK):
            return os.path.join(target, name)
    fail("atmos is not built; run: mvn -q -B package -DskipTests")


def find_loopback():
    target = os.path.join(ROOT, "loopback", "target")
    names = sorted(os.listdir(target)) if os.path.isdir(target) else []
    for name in names:
        if name.startswith("loopback-") and name.endswith("-standalone.jar"):
            return os.path.join(target, name)
    fail("the token verifier is not built; run: mvn -q -B package -DskipTests")


def find_jdk():
    found = subprocess.run(
        [os.path.join(ROOT, "build", "find-jdk")], stdout=subprocess.PIPE, text=True, check=False
    )
    if found.returncode != 0:
        fail("no JDK 25 or newer was found")
    return found.stdout.strip()


def make_floor(product, jdk, place):
    """A one-line program with an AOT cache of its own, on the product's own Java."""
    source = os.path.join(place, "Hello.java")
    jar = os.path.join(place, "hello.jar")
    cache = os.path.join(place, "hello.aot")
    write(
        source,
        "class Hello { public static void main(String[] a) { System.out.println(1); } }\n",
    )
    java = os.path.join(product, "runtime", "bin", "java")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
    subprocess.run([os.path.join(jdk, "bin", "javac"), "-d", place, source], **quiet)
    subprocess.run(
        [os.path.join(jdk, "bin", "jar"), "cf", jar, "-C", place, "Hello.class"], **quiet
    )
    subprocess.run(
        [java, "-XX:AOTCacheOutput=" + cache] + FLOOR_FLAGS + ["-cp", jar, "Hello"], **quiet
    )
    return [java, "-XX:AOTCache=" + cache] + FLOOR_FLAGS + ["-cp", jar, "Hello"]


def find_aws():
    """The AWS CLI itself: the shim of a version manager would be measured with it."""
    named = os.environ.get("AWS_CLI")
    if named:
        return named
    found = shutil.which("aws")
    if found is None:
        return None
    for manager in (["pyenv", "which"], ["asdf", "which"], ["mise", "which"]):
        if "/shims/" in found and shutil.which(manager[0]):
            told = subprocess.run(
                manager + ["aws"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                check=False,
            )
            real = told.stdout.strip()
            if told.returncode == 0 and os.access(real, os.X_OK):
                return real
    return None if "/shims/" in found else found


def find(variable, name):
    """The program that a variable names, else the one on PATH."""
    return os.environ.get(variable) or shutil.which(name)


VAULT_EXEC = ["exec", "--no-session", "dev", "--", "/bin/true"]


def vault_variables(vault, variables, place, key_id, secret):
    """The variables of aws-vault, if there is one, with a profile dev in a vault of its own."""
    safe = dict(variables, AWS_VAULT_BACKEND="file", AWS_VAULT_FILE_PASSPHRASE="a",
                AWS_VAULT_FILE_DIR=os.path.join(place, "vault"))
    if vault:
        subprocess.run([vault, "add", "--env", "dev"], env=dict(
            safe, AWS_ACCESS_KEY_ID=key_id, AWS_SECRET_ACCESS_KEY=secret),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=False)
    return safe


class StandIn:
    """The stand-in for AWS, with what a scene says; its log is what it was asked."""

    def __init__(self, jdk, loopback, place, scene, *options):
        written = os.path.join(place, "scene.json")
        port = os.path.join(place, "port")
        self.log = os.path.join(place, "stand-in.log")
        write(written, json.dumps(scene))
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [os.path.join(jdk, "bin", "java"), "-jar", loopback,
                 "aws", "--scene", written, "--port-file", port, "--until-stdin-closes", *options],
                stdin=subprocess.PIPE, stdout=log, stderr=subprocess.DEVNULL,
            )
        for _ in range(600):
            if os.path.exists(port) and os.path.getsize(port):
                break
            if self.process.poll() is not None:
                fail("the stand-in for AWS does not start")
            time.sleep(0.1)
        with open(port, encoding="ascii") as file:
            self.url = "http://127.0.0.1:" + file.read().strip()

    def count(self, operation):
        """How often that was asked."""
        with open(self.log, encoding="utf-8") as file:
            return sum(1 for line in file if line.startswith(operation + " "))

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def measure(variant, null):
    """One run. What its children used counts as its own: all of them are waited for."""
    os.chdir(variant.directory)
    actions = [(os.POSIX_SPAWN_DUP2, null, stream) for stream in (0, 1, 2)]
    if variant.input:
        actions[0] = (os.POSIX_SPAWN_OPEN, 0, variant.input, os.O_RDONLY, 0)
    start = time.perf_counter()
    process = os.posix_spawn(
        variant.command[0], variant.command, variant.environment, file_actions=actions
    )
    _, status, usage = os.wait4(process, 0)
    variant.wall.append((time.perf_counter() - start) * 1000)
    variant.cpu.append((usage.ru_utime + usage.ru_stime) * 1000)
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    variant.memory.append(usage.ru_maxrss * unit / MIB)
    code = os.waitstatus_to_exitcode(status)
    if code != variant.code:
        fail("%s: exit code %d" % (variant.name, code))


def table(header, rows):
    rows = [header] + rows
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    lines = []
    for number, row in enumerate(rows):
        cells = [
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths))
        ]
        lines.append("| " + " | ".join(cells) + " |")
        if number == 0:
            rule = ["-" * width if column == 0 else "-" * (width - 1) + ":"
                    for column, width in enumerate(widths)]
            lines.append("| " + " | ".join(rule) + " |")
    return "\n".join(lines)


def replace_table(path, text):
    """Puts the tables between the two marks of a document."""
    with open(path, encoding="utf-8") as file:
        document = file.read()
    name = os.path.basename(sys.argv[0])
    begin, stop = BEGIN % name, END % name
    start = document.find(begin)
    end = document.find(stop)
    if start < 0 or end < start:
        fail("%s has no place for the tables: %s ... %s" % (path, begin, stop))
    with open(path, "w", encoding="utf-8") as file:
        file.write(document[:start] + begin + "\n\n" + text.strip() + "\n\n" + document[end:])
