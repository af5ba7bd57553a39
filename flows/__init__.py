"""Digest's Prefect flows: thin; without the decorators they are ordinary Python.

What is set here holds for the temporary server that a flow without a server starts, and only
where the user has not decided otherwise.
"""

import os

#: Nothing leaves the user's machine unasked; the temporary server records no events, since it is
#: stopped while its recorders still write, which they then report as errors of ours.
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # 20 is not enough on a busy machine
}

for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)
