"""All services, put together by `bootstrap`."""

from dataclasses import dataclass

from gauntlet.core.settings import Settings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.assets.quarantine import QuarantineService
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.assets.usage import UsageService
from gauntlet.domain.briefs.service import BriefService
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.keys import KeyService
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.costs.budgets import BudgetService
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.domain.costs.reports import CostService
from gauntlet.domain.costs.till import Till
from gauntlet.domain.generations.service import GenerationService
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.news.feed import NewsFeed
from gauntlet.domain.uploads.service import UploadService
from gauntlet.providers.replicate.accounts import ReplicateAccounts
from gauntlet.storage.base import BlobStore
from gauntlet.storage.keeper import StorageKeeper
from gauntlet.workflows.brand_previews import BrandRoom
from gauntlet.workflows.brief_media import BriefMediaDesk
from gauntlet.workflows.briefs import BriefDesk
from gauntlet.workflows.catalogue import ModelCatalogue
from gauntlet.workflows.engine import Engine
from gauntlet.workflows.generations import GenerationDesk
from gauntlet.workflows.histories import JobHistories
from gauntlet.workflows.jobs import JobDesk
from gauntlet.workflows.media_desk import MediaDesk
from gauntlet.workflows.previews import PreviewRoom
from gauntlet.workflows.remote_files import RemoteUploads
from gauntlet.workflows.webhooks import WebhookDesk


@dataclass(frozen=True, slots=True)
class Container:
    """Everything that the API and the command line call."""

    settings: Settings
    database: Database
    blobs: BlobStore
    storage: StorageKeeper
    accounts: AccountService
    audit: AuditLog
    clients: ClientService
    brand_previews: BrandRoom
    keys: KeyService
    campaigns: CampaignService
    prices: PriceBook
    till: Till
    costs: CostService
    budgets: BudgetService
    replicate: ReplicateAccounts
    catalogue: ModelCatalogue
    briefs: BriefService
    brief_desk: BriefDesk
    brief_media: BriefMediaDesk
    generations: GenerationService
    generation_desk: GenerationDesk
    media: MediaDesk
    webhooks: WebhookDesk
    assets: AssetService
    usage: UsageService
    quarantine: QuarantineService
    uploads: UploadService
    remote_uploads: RemoteUploads
    jobs: JobReader
    news: NewsFeed
    desk: JobDesk
    histories: JobHistories
    previews: PreviewRoom
    engine: Engine
    secret_key: bytes
