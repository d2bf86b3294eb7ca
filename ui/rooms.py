"""Which page stands behind which name; the only place that knows all pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain.roles import Right, Role
from ui.backing import Backing
from ui.checkup import Checkup
from ui.gatekeeper import installer
from ui.keyring import Keyring
from ui.pages.audit import AuditPage
from ui.pages.checklists import ChecklistsPage
from ui.pages.clues import CluesPage
from ui.pages.conflicts import ConflictsPage
from ui.pages.households import HouseholdsPage
from ui.pages.import_roster import ImportRosterPage
from ui.pages.paper import PaperPage
from ui.pages.paperwork import PaperworkPage
from ui.pages.policies import PoliciesPage
from ui.pages.printing import PrintingPage
from ui.pages.registers import RegistersPage
from ui.pages.reports import ReportsPage
from ui.pages.settings import SettingsPage
from ui.pages.surveys import SurveysPage
from ui.pages.sync import SyncPage
from ui.pages.tickets import TicketsPage
from ui.pages.today import TodayPage
from ui.pages.visits import VisitsPage
from ui.readmitting import Readmitting
from ui.sticking import Sticking
from ui.syncing import Syncing
from ui.workspace import Factory

if TYPE_CHECKING:
    from ui.bootstrap import Program


# What the registers lead to besides their own lists.
DOORS = (("clues", "线索"), ("surveys", "问卷"), ("reports", "报表"))


STOPPED = frozenset(("sync", "settings"))


def page_factories(
    program: Program, courier: Syncing, sticking: Sticking, backing: Backing, role: Role, *, stopped: bool
) -> Mapping[str, Factory]:
    """Builders by page name for whoever has this role; each is called when its page is first visited.

    On a computer the county has `stopped` no page with the village's records is left.
    """
    tasks = program.tasks
    every: dict[str, Factory] = {
        "today": lambda: TodayPage(tasks),
        "households": lambda: HouseholdsPage(tasks),
        "import": lambda: ImportRosterPage(tasks),
        "visits": lambda: VisitsPage(tasks),
        "tickets": lambda: TicketsPage(tasks),
        "checklists": lambda: ChecklistsPage(tasks),
        "printing": lambda: PrintingPage(tasks),
        "paper": lambda: PaperPage(tasks),
        "paperwork": lambda: PaperworkPage(tasks),
        "registers": lambda: RegistersPage(tasks, DOORS),
        "clues": lambda: CluesPage(tasks),
        "reports": lambda: ReportsPage(tasks),
        "surveys": lambda: SurveysPage(tasks),
        "policies": lambda: PoliciesPage(tasks, installer(program.keeper)),
        "sync": lambda: SyncPage(tasks, courier, Readmitting(program.keeper, courier), sticking),
        "conflicts": lambda: ConflictsPage(tasks),
        "audit": lambda: AuditPage(tasks),
        "settings": lambda: _settings(program, backing),
    }
    hidden = set() if role.may(Right.AUDIT) else {"audit"}
    if not role.may(Right.RECORD):
        hidden |= {"today", "import", "sync", "conflicts"}
    if stopped:
        hidden |= every.keys() - STOPPED
    return {name: build for name, build in every.items() if name not in hidden}


def _settings(program: Program, backing: Backing) -> SettingsPage:
    keeper = program.keeper
    return SettingsPage(program.tasks, program, keeper, Keyring(keeper), backing, Checkup(keeper))
