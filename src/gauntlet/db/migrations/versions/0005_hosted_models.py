"""Hosted models: intents to spend, ledger, budgets, generated media, clients' own keys, and who made a brief.

And revisions of libraries, by which totals of lists are remembered.
"""

from gauntlet.db.migrations.costs_0005 import downgrade_costs, upgrade_costs
from gauntlet.db.migrations.generations_0005 import downgrade_generations, upgrade_generations
from gauntlet.db.migrations.hosted_0005 import downgrade_hosted, upgrade_hosted
from gauntlet.db.migrations.jobs_0005 import downgrade_jobs, upgrade_jobs
from gauntlet.db.migrations.revisions_0005 import downgrade_revisions, upgrade_revisions

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    upgrade_costs()
    upgrade_generations()
    upgrade_hosted()
    upgrade_jobs()
    upgrade_revisions()


def downgrade() -> None:
    downgrade_revisions()
    downgrade_jobs()
    downgrade_hosted()
    downgrade_generations()
    downgrade_costs()
