"""What the studio in the browser needs: the audit log, and news found by when they came."""

from gauntlet.db.migrations.audit_0006 import downgrade_audit, upgrade_audit
from gauntlet.db.migrations.news_0006 import downgrade_news, upgrade_news

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    upgrade_audit()
    upgrade_news()


def downgrade() -> None:
    downgrade_news()
    downgrade_audit()
