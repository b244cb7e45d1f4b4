"""The action server: rasa_sdk's own application, on loopback, with our actions."""

from __future__ import annotations

import sys
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.services import services
from hocvu.errors import HocvuError
from hocvu.logs import configure_logs
from hocvu.settings import load_settings


class DomainlessExecutor(ActionExecutor):
    """Runs actions without Rasa's domain, which none of ours reads.

    Rasa 3.6 with selective domain leaves it out of a call, and rasa_sdk 3.21 would refuse such a call with 449.
    """

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        return {}


def main() -> None:
    """Serve until stopped. A missing setting or broken knowledge stops it at start, not in somebody's lesson."""
    try:
        settings = load_settings()
        configure_logs(settings.log_level)
        services()
    except HocvuError as error:
        sys.exit(f"hocvu: {error}")
    executor = DomainlessExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=[])
    app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, motd=False, access_log=False)


if __name__ == "__main__":
    main()
