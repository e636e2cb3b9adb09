"""Runs a program at a terminal, and types what a person would.

Usage: terminal.py SECONDS PROGRAM ARGUMENT...

Standard input is a JSON list of steps: ["expect", TEXT] waits until the terminal has shown TEXT after
what was expected before; ["type", TEXT] types it; ["type from", FILE] waits for
that file and types what is in it; ["stop", N] stops nothing and waits until the
program has ended. Where the program has its standard output elsewhere, the environment variable
STDOUT names the file. Standard output is a JSON object: `screen` is all that was shown, `exit` the exit
code, 128 and its number for a signal, `settings` whether the terminal was left as it was found, and
`problem`, if there is one, what went wrong.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


class Stuck(Exception):
    pass


def main():
    end = time.monotonic() + float(sys.argv[1])
    command = sys.argv[2:]
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    before = termios.tcgetattr(terminal)
    child = os.fork()
    if child == 0:
        os.close(controller)
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for number in range(3):
            os.dup2(terminal, number)
        os.close(terminal)
        if "STDOUT" in os.environ:
            os.dup2(os.open(os.environ["STDOUT"], os.O_WRONLY | os.O_CREAT, 0o600), 1)
        # nohup and background jobs ignore some.
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        os.execv(command[0], command)
    screen = b""
    seen = 0
    answer = {}

    def more(seconds):
        if select.select([controller], [], [], max(0, seconds))[0]:
            try:
                return os.read(controller, 65536)
            except OSError:
                pass
        return b""

    try:
        for what, text in json.load(sys.stdin):
            if what == "type":
                os.write(controller, text.encode())
                continue
            if what == "type from":
                while not os.path.exists(text):
                    if time.monotonic() > end:
                        raise Stuck("waited for the file " + text)
                    screen += more(0.1)
                with open(text, "rb") as file:
                    os.write(controller, file.read())
                continue
            wanted = text.encode()
            while wanted not in screen[seen:]:
                if time.monotonic() > end:
                    raise Stuck("waited for " + text)
                screen += more(0.1)
                if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                    screen += more(0.2)
                    if wanted not in screen[seen:]:
                        raise Stuck("ended before " + text)
            seen = screen.index(wanted, seen) + len(wanted)
        while not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if time.monotonic() > end:
                raise Stuck("it doesn't end")
            screen += more(0.1)
    except Stuck as e:
        answer["problem"] = "%s; shown: %s" % (e, screen[-2000:].decode("utf-8", "replace"))
        os.killpg(child, 9)
    screen += more(0.2)
    status = os.waitpid(child, 0)[1]
    answer["exit"] = 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    answer["settings"] = termios.tcgetattr(terminal) == before
    answer["screen"] = screen.decode("utf-8", "replace")
    json.dump(answer, sys.stdout)


main()
