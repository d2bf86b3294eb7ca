"""Who may open this computer, as the settings ask it: people, colleagues in and out, keys made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.actions.auditing import remember_name
from app.actions.entry.gate import Opened, WorkerCard
from app.domain.ids import new_id
from app.domain.roles import Role
from ui.gatekeeper import Gatekeeper

Failed = Callable[[Exception], None]


class Keyring:
    """Answers the settings; slow work runs on the store's thread and answers through the callbacks."""

    def __init__(self, keeper: Gatekeeper) -> None:
        self._keeper = keeper

    @property
    def me(self) -> str:
        """Id of whoever is in."""
        return self._opened().worker

    @property
    def sound(self) -> bool:
        """False when somebody without the key changed the key file."""
        return self._opened().sound

    def people(self) -> Sequence[WorkerCard]:
        """Everyone with a way in. Raises StorageFault."""
        return self._keeper.gate.workers()

    def let_in(
        self, name: str, role: Role, passphrase: str, done: Callable[[], None], failed: Failed
    ) -> None:
        """Give a colleague her own way in."""
        keeper, opened = self._keeper, self._opened()
        worker = new_id(keeper.clock())

        def work(keys: Any, desk: Any) -> None:
            keys.let_in(keeper.gate, opened, worker, name, role, passphrase)
            remember_name(desk, worker, name)

        self._run(work, ("let in", worker), done, failed)

    def shut_out(self, worker: str, done: Callable[[], None], failed: Failed) -> None:
        """Take a colleague's way in."""
        gate, opened = self._keeper.gate, self._opened()

        def work(keys: Any, _: Any) -> None:
            keys.shut_out(gate, opened, worker)

        self._run(work, ("shut out", worker), done, failed)

    def start_over(self, passphrase: str, done: Callable[[], None], failed: Failed) -> None:
        """Make the key file anew with only whoever is in."""
        gate, opened = self._keeper.gate, self._opened()

        def work(keys: Any, _: Any) -> None:
            keys.start_over(gate, opened, passphrase)

        self._run(work, ("keys anew", opened.worker), done, failed)

    def _run(
        self,
        work: Callable[[Any, Any], None],
        line: tuple[str, str],
        done: Callable[[], None],
        failed: Failed,
    ) -> None:
        def both(desk: Any) -> None:
            from app.actions.entry import keys  # loaded when somebody changes who may come in

            work(keys, desk)
            with desk.unit(line[0]) as unit:
                unit.audit(*line)

        self._keeper.tasks.run(self._keeper.owner, both, lambda _: done(), failed)

    def _opened(self) -> Opened:
        opened = self._keeper.opened
        assert opened is not None, "somebody is in"
        return opened
