"""Digest's Prefect flows: thin; without the decorators they are ordinary Python.

What is set here holds for the temporary server that a flow without a server starts, and only
where the user has not decided otherwise.
"""

import os

#: Nothing leaves the user's machine unasked.
PRIVATE = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
#: The temporary server records no events: it is stopped while its recorders still write, which they
#: would then report as errors of ours. A server that stays keeps its recorders.
TEMPORARY = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # 20 is not enough on a busy machine
}

for _name, _value in (PRIVATE | TEMPORARY).items():
    os.environ.setdefault(_name, _value)
