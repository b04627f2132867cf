"""All reports, by name."""

from collector.query.reports.attribution import ATTRIBUTION_REPORT
from collector.query.reports.clicks import CLICK_MAP, CLICKS
from collector.query.reports.frustration import FRUSTRATION_REPORT
from collector.query.reports.funnel import FUNNEL
from collector.query.reports.journeys import JOURNEYS_REPORT
from collector.query.reports.pages import ENTRY_PAGES, EXIT_PAGES
from collector.query.reports.realtime import REALTIME_REPORT
from collector.query.reports.report import Report
from collector.query.reports.retention import RETENTION_REPORT
from collector.query.reports.scroll_map import SCROLL_MAP
from collector.query.reports.vitals import VITALS_REPORT

REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        FUNNEL,
        RETENTION_REPORT,
        JOURNEYS_REPORT,
        ENTRY_PAGES,
        EXIT_PAGES,
        CLICKS,
        CLICK_MAP,
        SCROLL_MAP,
        FRUSTRATION_REPORT,
        ATTRIBUTION_REPORT,
        VITALS_REPORT,
        REALTIME_REPORT,
    )
}
