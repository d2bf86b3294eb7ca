"""Gives the sync tests their county."""

from tests.sync.county import county_broom, county_cluster, county_database, county_server

__all__ = ["county_broom", "county_cluster", "county_database", "county_server"]
