"""The broker of files, which makes its folders again: whoever clears `var/broker` loses doorbells, not processes.

Without this, web, worker and beat that were running when the folder went could not ring again until restarted.
"""

from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Kombu's channel over folders that may vanish."""

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Under its name only once it is whole: kombu's own file can be taken by a worker while it is empty."""
        self._make_folders()
        path = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        half = path.with_name(f"{path.name}.half")
        try:
            half.write_bytes(str_to_bytes(dumps(message)))
            half.replace(path)
        except OSError as error:
            raise ChannelError(f"cannot write {path}") from error

    def _get(self, queue: str, timeout: Any = None) -> Any:
        self._make_folders()
        try:
            return super()._get(queue)
        except (
            ValueError
        ) as error:  # no message: a bell that is lost is rung again, a worker that ends is not
            raise Empty from error

    def get_table(self, exchange: str) -> Any:
        """The queues of an exchange; a table that is gone, or cut off, is written again from what we declared."""
        if not self._exchange_file(exchange).exists():
            self._bind_again(exchange)
        try:
            return super().get_table(exchange)
        except ValueError:
            self._bind_again(exchange)
            return super().get_table(exchange)

    def _bind_again(self, exchange: str) -> None:
        self._make_folders()
        for queue, known, routing_key in list(self.state.bindings):
            if known == exchange:
                self._queue_bind(exchange, routing_key, "", queue)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)
        except ValueError:  # cut off: begun anew, others write theirs again when they miss it
            self._exchange_file(exchange).unlink(missing_ok=True)
            super()._queue_bind(exchange, routing_key, pattern, queue)

    def _make_folders(self) -> None:
        for folder in (self.data_folder_in, self.data_folder_out, self.processed_folder, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)


class Transport(filesystem.Transport):
    """Answers `filesystem://`."""

    Channel = Channel


def use() -> None:
    """Makes this the transport of `filesystem://`."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
