"""Settings: one model per subsystem, read from the environment (prefix `GAUNTLET_`) and nothing else.

Nested names use two underscores (`GAUNTLET_SERVER__PORT`); the conventional names that other tools use are read too.
"""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MEGABYTE: Final = 1_000_000
DEFAULT_DATA_DIR: Final = Path("gauntlet-data")


class Section(BaseModel):
    """A subsystem's settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ServerSettings(Section):
    """Where the server listens and how it is reached."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000


class AccountSettings(Section):
    """Sign-in."""

    session_lifetime_h: Annotated[int, Field(ge=1, le=24 * 90)] = 24 * 14
    attempts_per_account: Annotated[int, Field(ge=1)] = 10
    attempts_per_address: Annotated[int, Field(ge=1)] = 50
    attempts_window_s: Annotated[int, Field(ge=1)] = 900


class AssetSettings(Section):
    """Limits of what may be uploaded, and for how long the bin keeps things."""

    size_limit_bytes: Annotated[int, Field(ge=1, le=2_000 * MEGABYTE)] = 50 * MEGABYTE
    pixel_limit: Annotated[int, Field(ge=1)] = 100_000_000
    client_quota_bytes: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    bin_retention_days: Annotated[int, Field(ge=0, le=3_650)] = 30


def _listed(value: object) -> object:
    """Return the entries of a variable that lists them with commas between."""
    return [entry.strip() for entry in value.split(",") if entry.strip()] if isinstance(value, str) else value


class FetchSettings(Section):
    """Files fetched from web addresses."""

    enabled: bool = True
    allowed_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_listed)] = ()
    allowed_ports: Annotated[
        tuple[Annotated[int, Field(ge=1, le=65_535)], ...], NoDecode, BeforeValidator(_listed), Field(min_length=1)
    ] = (80, 443)
    connect_timeout_s: Annotated[int, Field(ge=1, le=120)] = 10
    read_timeout_s: Annotated[int, Field(ge=1, le=600)] = 20
    total_timeout_s: Annotated[int, Field(ge=1, le=24 * 3_600)] = 300
    at_once: Annotated[int, Field(ge=1, le=100)] = 8


class MediaSettings(Section):
    """The processes that read strangers' files."""

    processes: Annotated[int, Field(ge=1, le=64)] | None = None
    time_limit_s: Annotated[int, Field(ge=1, le=600)] = 5
    memory_limit_bytes: Annotated[int, Field(ge=256 * MEGABYTE)] = 512 * MEGABYTE


class StorageSettings(Section):
    """Where bytes lie: which store takes new ones, and how the others are reached while they hold any."""

    kind: Literal["database", "filesystem", "s3"] = "database"
    directory: Path | None = None
    s3_bucket: str | None = None
    s3_prefix: str = ""
    s3_endpoint: str | None = None
    s3_region: str | None = None
    s3_access_key_id: SecretStr | None = None
    s3_secret_access_key: SecretStr | None = None
    s3_session_token: SecretStr | None = None


class RenderSettings(Section):
    """The compositor."""

    workers: Annotated[int, Field(ge=1, le=64)] | None = None
    x264_preset: Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow"] = "veryfast"
    x264_crf: Annotated[int, Field(ge=0, le=40)] = 20
    fonts_dir: Path | None = None


class LogSettings(Section):
    """What is told while running."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    style: Literal["console", "json"] = "console"


class HostedSettings(Section):
    """Hosted models: where the services are, which models answer by default, how long and how many at once."""

    openrouter_url: str = "https://openrouter.ai/api/v1"
    openai_url: str = "https://api.openai.com/v1"
    anthropic_url: str = "https://api.anthropic.com"
    replicate_url: str = "https://api.replicate.com/v1"
    replicate_delivery_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)] = ("replicate.delivery",)
    openrouter_model: str = "anthropic/claude-sonnet-5.5"
    openai_model: str = "gpt-6.1-sol"
    anthropic_model: str = "claude-sonnet-5-5"
    language_timeout_s: Annotated[int, Field(ge=1, le=600)] = 60
    answer_timeout_s: Annotated[int, Field(ge=1, le=120)] = 30
    prediction_deadline_s: Annotated[int, Field(ge=5, le=1_800)] = 900
    at_once: Annotated[int, Field(ge=1, le=1_000)] = 16
    creates_per_minute: Annotated[int, Field(ge=1, le=600)] = 500
    webhook_base_url: str | None = None
    replicate_webhook_secret: SecretStr | None = None


class CostSettings(Section):
    """Money."""

    unknown_price_reserve_microusd: Annotated[int, Field(ge=0, lt=2**53)] = 1_000_000
    prices_file: Path | None = None


class ProviderKeys(Section):
    """Keys of hosted services; none is needed."""

    replicate: SecretStr | None = None
    openrouter: SecretStr | None = None
    openai: SecretStr | None = None
    anthropic: SecretStr | None = None


class Settings(BaseSettings):
    """All of them."""

    model_config = SettingsConfigDict(
        env_prefix="GAUNTLET_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        populate_by_name=True,
    )

    data_dir: Path = DEFAULT_DATA_DIR
    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("GAUNTLET_DATABASE_URL", "DATABASE_URL", "database_url")
    )
    base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("GAUNTLET_BASE_URL", "BASE_URL", "base_url")
    )
    server: ServerSettings = ServerSettings()
    accounts: AccountSettings = AccountSettings()
    assets: AssetSettings = AssetSettings()
    fetch: FetchSettings = FetchSettings()
    media: MediaSettings = MediaSettings()
    storage: StorageSettings = StorageSettings()
    render: RenderSettings = RenderSettings()
    hosted: HostedSettings = HostedSettings()
    costs: CostSettings = CostSettings()
    log: LogSettings = LogSettings()
    replicate_api_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("GAUNTLET_REPLICATE_API_TOKEN", "REPLICATE_API_TOKEN", "REPLICATE_API_KEY"),
    )
    openrouter_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("GAUNTLET_OPENROUTER_API_KEY", "OPENROUTER_API_KEY")
    )
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("GAUNTLET_OPENAI_API_KEY", "OPENAI_API_KEY")
    )
    anthropic_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("GAUNTLET_ANTHROPIC_API_KEY", "ANTHROPIC_API_KEY")
    )

    @property
    def keys(self) -> ProviderKeys:
        """The hosted services' keys in one place."""
        return ProviderKeys(
            replicate=self.replicate_api_token,
            openrouter=self.openrouter_api_key,
            openai=self.openai_api_key,
            anthropic=self.anthropic_api_key,
        )

    @property
    def effective_database_url(self) -> str:
        """The database's URL: the one configured, or SQLite in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'gauntlet.db'}"
