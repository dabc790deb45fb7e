"""Overview of data that holds surveys and no contacts: what answers alone can say."""

import pandas as pd

from analytics.charts import recommendation as charts
from analytics.questions.recommendation import recommended, recommended_finding
from analytics.questions.words import percent
from analytics.ui import cards, figure
from analytics.ui.look import is_dark
from analytics.ui.page import Page


def answers(page: Page) -> None:
    """Draw who recommends by effort, where there are no contacts to look at; nothing where nobody was asked both."""
    if page.holds_contacts:
        return
    rows = page.ask(recommended)
    if rows.empty:
        return
    count = int(rows["answers"].sum())
    cards.section(recommended_finding(rows), f"{count:,} answers that tell both. Association, not proof.")
    figure.show(
        charts.promoter_dots(rows, is_dark()), rows, "recommended",
        f"Share of answers that would recommend, by effort: {_said(rows)}.",
        "Would recommend: 9 or 10 of 10. Effort 1 (easiest) to 7 (hardest), as mapped. Whisker: 95 %, Wilson, one "
        "answer per customer. Score: percent who would recommend less percent who answer 6 or less.",
        looked_at=page.looked_at, invented=page.info.invented, height=charts.height(rows),
    )  # fmt: skip


def _said(rows: pd.DataFrame) -> str:
    return "; ".join(f"{effort}: {percent(share)}" for effort, share in zip(rows["effort"], rows["share"], strict=True))
