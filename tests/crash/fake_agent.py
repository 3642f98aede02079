"""A stand-in for a coding agent: ``fake_agent.py PROMPT_FILE`` does what the JSON text of its prompt says.

``{"say", "ms", "tokens", "exit", "spawn", "bytes", "file"}``: answer something that depends on the prompt alone, after so
many milliseconds, having used so many tokens; exit with a code; leave a process behind; make the answer so long; write a file.
It adds a line to the file ``ODW_WITNESS`` when it starts and when it is about to answer: what happened, whatever odw believes.
"""

import json
import os
import sys
import time
import zlib

with open(sys.argv[1], "rb") as file:  # noqa: PTH123 - this has to start fast
    TEXT = file.read()
ASKED = json.loads(TEXT)
WITNESS = os.open(os.environ["ODW_WITNESS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def testify(what: str) -> None:
    """One line in one write: lines of processes that write at once do not mix."""
    line = {"what": what, "node": os.environ["ODW_NODE"], "prompt": TEXT.decode(), "at": time.time()}
    os.write(WITNESS, json.dumps(line).encode() + b"\n")


testify("start")
if ASKED.get("spawn") and os.fork() == 0:
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    time.sleep(300)
    os._exit(0)
if ASKED.get("file"):
    with open(ASKED["file"], "w") as file:  # noqa: PTH123
        file.write(ASKED["say"])
time.sleep(ASKED.get("ms", 0) / 1000)
if ASKED.get("exit"):
    sys.stderr.write("told to fail\n")
    os._exit(ASKED["exit"])
ANSWER = f"{zlib.crc32(TEXT):08x}" + "." * ASKED.get("bytes", 0)
testify("end")
sys.stdout.write(json.dumps({"result": ANSWER, "usage": {"output": ASKED.get("tokens", 0)}}))
