"""The Celery application and beat's schedule: static, named, reviewable.

Due dates do not live here: every scheduled task is a doorbell that may ring late, twice or never.
"""

import os
from pathlib import Path

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init
from django.conf import settings

from documents import limits
from restart_portal import file_broker
from restart_portal.liveness import SignOfLife

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "restart_portal.settings")

file_broker.use()
app = Celery("restart_portal")


def broker_options() -> dict[str, object]:
    """Transport options for the file broker (default) or Redis."""
    if not settings.CELERY_BROKER_URL.startswith("filesystem"):
        # The last lines keep a request that rings the doorbell from waiting for a Redis that is down.
        return {
            "visibility_timeout": 900,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": 1.0,
            "socket_timeout": 2.0,
            "max_retries": 0,
            "interval_start": 0,
            "interval_step": 0,
        }
    folders = {name: Path(settings.CELERY_BROKER_FOLDER) / name for name in ("data", "processed", "control")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folders["data"]),
        "data_folder_out": str(folders["data"]),
        "processed_folder": str(folders["processed"]),
        "control_folder": str(folders["control"]),
        "store_processed": False,
        "polling_interval": 0.1,
    }


app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_transport_options=broker_options(),
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    timezone="Asia/Ho_Chi_Minh",
    task_time_limit=600,
    beat_schedule={
        "drain the outbox (sweep, re-rings what a lost doorbell left)": {
            "task": "journal.tasks.drain",
            "schedule": 15.0,
        },
        "seal the journal": {"task": "journal.tasks.seal", "schedule": 60.0},
        "mail the journal's head to outsiders": {
            "task": "journal.tasks.mail_head",
            "schedule": crontab(hour=7, minute=0),
        },
        "forget drawn pages and previews older than a day": {
            "task": "documents.tasks.forget_pictures",
            "schedule": crontab(minute=25),
        },
        "prepare apologies a day before a date is missed": {
            "task": "applications.tasks.apologise",
            "schedule": 600.0,
        },
        "warn before deadlines, tell heads after": {"task": "applications.tasks.warn", "schedule": 300.0},
        "give old scans up": {"task": "applications.tasks.sweep_scans", "schedule": crontab(minute=25)},
        "remind of drafts that lie still": {
            "task": "applications.tasks.remind",
            "schedule": crontab(minute=40),
        },
        "delete what is kept no longer": {
            "task": "restart_portal.tasks.expire",
            "schedule": crontab(hour=2, minute=10),
        },
        "deliver notices": {"task": "notices.tasks.deliver", "schedule": 30.0},
    },
)
app.autodiscover_tasks(["journal", "notices", "documents", "applications", "restart_portal"])
app.steps["worker"].add(SignOfLife)


@worker_init.connect
def get_ready(**_about: object) -> None:
    """Before the pool forks: its processes share the one that forks limited children."""
    limits.get_ready()
