"""Django configuration of this package."""

from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "motcua.provisioning"
    label = "provisioning"

    def ready(self) -> None:
        from motcua.oversight.queries import offer_gazetteer
        from motcua.provisioning.simulation.gazetteer import PackGazetteer

        offer_gazetteer(PackGazetteer())
