"""Settings, from the environment."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PARCELS_")

    database: str = "parcels.db"
    carrier_key: str = ""
    carrier_timeout: float = 5.0
    max_age: int = 900


settings = Settings()
