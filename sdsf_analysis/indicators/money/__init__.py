"""The money that the Caf pays to the services: by territory, fund and year, one nature at a time."""
