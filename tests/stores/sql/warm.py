"""Loaded where processes are forked from: all that it takes to sell is there at once, and no store is open."""

from box_office.offices import BUYER, Office

from paidevents.stores import sqlite

with sqlite(":memory:") as store:
    office = Office(store=store)
    office.publish()
    office.world.box.cancel(office.sell().id, by=BUYER)
