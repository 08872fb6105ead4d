"""Heavy work over a person's data: in processes of their own, with bounds on memory and time, in a fair line."""

from seqcore.workroom.job import Job, Stopped
from seqcore.workroom.room import Ticket, WorkRoom

__all__ = ["Job", "Stopped", "Ticket", "WorkRoom"]
