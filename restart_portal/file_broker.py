"""The broker of files, which makes its folders again: whoever clears `var/broker` loses doorbells, not processes.

Without this, web, worker and beat that were running when the folder went could not ring again until restarted.
"""

from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem


class Channel(filesystem.Channel):
    """Kombu's channel over folders that may vanish."""

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:  # type: ignore[override]
        self._make_folders()
        super()._put(queue, message, **kwargs)

    def _get(self, queue: str, timeout: Any = None) -> Any:
        self._make_folders()
        return super()._get(queue)

    def get_table(self, exchange: str) -> Any:
        """The queues of an exchange; a table that is gone is written again from what this process declared."""
        if not self._exchange_file(exchange).exists():
            self._make_folders()
            for queue, known, routing_key in list(self.state.bindings):
                if known == exchange:
                    self._queue_bind(exchange, routing_key, "", queue)
        return super().get_table(exchange)

    def _make_folders(self) -> None:
        for folder in (self.data_folder_in, self.data_folder_out, self.processed_folder, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)


class Transport(filesystem.Transport):
    """Answers `filesystem://`."""

    Channel = Channel


def use() -> None:
    """Makes this the transport of `filesystem://`."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
