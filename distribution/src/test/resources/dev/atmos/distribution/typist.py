"""Types lines into an interactive shell, as a person at a terminal does.

Usage: typist.py FIFO SECONDS SHELL ARGUMENT...

Standard input is a JSON list of the lines. Each is typed, with a return after it, when the shell
shows its prompt `ready-N# `, N being the line's number; the next one follows when something has
written a record to the named pipe FIFO, which is made here: texts that end with the character 31,
and the character 30 at the end of all. Standard output is a JSON object: `arguments` has the texts
of each record, `screens` what was shown meanwhile, and `problem`, if there is one, what went wrong.
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


class Session:
    def __init__(self, fifo, seconds, command):
        os.mkfifo(fifo)
        # Also open for writing: or else it would end after each writer.
        self.fifo = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
        self.end = time.monotonic() + seconds
        self.screen = b""
        self.records = b""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            # nohup and background jobs ignore some.
            for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(each, signal.SIG_DFL)
            os.execv(command[0], command)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))

    def wait(self, done):
        while not done():
            left = self.end - time.monotonic()
            ready = select.select([self.terminal, self.fifo], [], [], left)[0] if left > 0 else []
            if not ready:
                raise Stuck("nothing more comes")
            if self.fifo in ready:
                self.records += os.read(self.fifo, 65536)
            if self.terminal in ready:
                try:
                    self.screen += os.read(self.terminal, 65536)
                except OSError:
                    raise Stuck("the shell has ended")

    def type(self, number, line):
        prompt = b"ready-%d# " % number
        self.wait(lambda: prompt in self.screen)
        start = len(self.screen)
        typed = line.encode() + b"\r"
        while typed:
            typed = typed[os.write(self.terminal, typed):]
        self.wait(lambda: self.records.count(b"\x1e") >= number)
        return self.screen[start:].decode("utf-8", "replace")


def main():
    session = Session(sys.argv[1], float(sys.argv[2]), sys.argv[3:])
    answer = {"screens": []}
    try:
        for number, line in enumerate(json.load(sys.stdin), 1):
            answer["screens"].append(session.type(number, line))
    except Stuck as e:
        answer["problem"] = "%s; shown: %s" % (e, session.screen[-2000:].decode("utf-8", "replace"))
    os.kill(session.child, 9)
    records = session.records.decode("utf-8", "replace").split("\x1e")[:-1]
    answer["arguments"] = [record.split("\x1f")[:-1] for record in records]
    json.dump(answer, sys.stdout)


main()
