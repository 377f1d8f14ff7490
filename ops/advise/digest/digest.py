"""The digest of a stretch of time: every change as one item, the gravest and newest first."""

from ops.advise.digest.alerts import alert_items
from ops.advise.digest.failures import failure_items
from ops.advise.digest.forecasts import FORECASTS, forecast_items
from ops.advise.digest.item import Digest, DigestItem, in_order, joined
from ops.advise.digest.models import model_items
from ops.advise.digest.news import News
from ops.advise.digest.plans import PLANS, plan_items
from ops.advise.digest.verdicts import verdict_items

READ = (*PLANS, *FORECASTS)  # analyses whose results are looked at; of others the verdicts are
MOST = 100


def digest(news: News) -> Digest:
    """Tell what is new; of very many changes the gravest and newest are listed."""
    read = tuple(pair for pair in news.pairs if pair.after.analysis in READ)
    others = tuple(pair for pair in news.pairs if pair.after.analysis not in READ)
    judged = News(news.since, news.now, news.alerts, others)
    planned = News(news.since, news.now, news.alerts, read)
    found: tuple[DigestItem, ...] = in_order(
        (
            *joined((*alert_items(news), *verdict_items(judged))),  # a tool is found by many
            *plan_items(planned),
            *forecast_items(planned),
            *model_items(news),
            *failure_items(news),
        )
    )
    left = max(0, len(found) - MOST)
    return Digest(
        since=news.since, until=news.now, items=found[:MOST], left_out=news.left_out + left
    )  # fmt: skip
