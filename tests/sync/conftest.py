"""Gives the sync tests their county."""

from tests.sync.county import county_cluster, county_database, county_server, county_stock

__all__ = ["county_cluster", "county_database", "county_server", "county_stock"]
