"""The verbs of caselore: command line, web and notebooks call these."""

from caselore.assembly.patients import SegmentShares, segment_shares
from caselore.assembly.rules_version import rules_version
from caselore.batch.lake import LakeUnusable
from caselore.batch.libraries import BatchMissing
from caselore.batch.plan import SECONDS, SHARD_SIZE
from caselore.batch.run import ShardFailed
from caselore.cohort.datasets import BrokenDataset, Dataset, UnknownDataset, dataset, dataset_names
from caselore.cohort.endpoints import WrongEndpoint
from caselore.cohort.libraries import StatisticsMissing
from caselore.cohort.select import WrongExpression
from caselore.differential.answer import NothingToWeigh
from caselore.differential.panel import BrokenPanel
from caselore.differential.prior import WrongSite
from caselore.differential.stains import WrongStains
from caselore.exchange.cells import WrongCell, cell_value
from caselore.exchange.export import FormatMissing
from caselore.language.kept import keep_in
from caselore.lint.care import CHECKLISTS, Filled
from caselore.lint.engine import UnknownRule
from caselore.lint.engine import rules as lint_rules
from caselore.measures.engine import formulas
from caselore.plots.lanes import Courses
from caselore.plots.libraries import ChartsMissing
from caselore.plots.style import NothingToDraw, TooManyGroups
from caselore.reading.errors import NothingToRead, UnreadableReport
from caselore.reading.sources import report_files
from caselore.service.archives import export_casebook, zipped
from caselore.service.batches import (
    BatchProgress,
    BatchRequest,
    batch,
    batch_failures,
    batch_set_aside,
    lake_locations,
    lake_missing,
    lake_tables,
    verify_lake,
)
from caselore.service.casebooks import (
    AddedFile,
    CasebookMissing,
    add_content,
    add_files,
    add_rows,
    back_up,
    casebook,
    casebook_at,
    casebook_tables,
    page_picture,
    reader_agreement,
    reread,
    tables_at,
)
from caselore.service.charts import (
    CHART_FORMATS,
    UnknownPatient,
    chart_file,
    forest_chart,
    survival_chart,
    swimmer_chart,
    timeline_chart,
)
from caselore.service.cohorts import cohort
from caselore.service.differentials import differential, differential_of
from caselore.service.evaluation import evaluate, load_curated
from caselore.service.examples import example_reports
from caselore.service.exporting import export, export_formats, export_titles, restore
from caselore.service.health import EXTRAS, Condition, Extra, Finding, examine
from caselore.service.importing import Imported, import_content, import_file
from caselore.service.linting import LintOutcome, lint, lint_files
from caselore.service.literature import fetch, search
from caselore.service.printed import REFERENCE_FORMATS, TABLE_FORMATS, literature_table
from caselore.service.reports import checklist, measure, read, read_place, read_text, rows
from caselore.service.reviewing import courses, review
from caselore.service.similar import Asked, asked_for, described, similar
from caselore.service.tables import Outcome, load_table, repetitions, table
from caselore.settings import START_CACHE
from caselore.similarity.answer import NothingToCompare
from caselore.similarity.libraries import SearchMissing
from caselore.similarity.weights import WrongWeights

__all__ = [
    "CHART_FORMATS",
    "CHECKLISTS",
    "EXTRAS",
    "REFERENCE_FORMATS",
    "SECONDS",
    "SHARD_SIZE",
    "TABLE_FORMATS",
    "AddedFile",
    "Asked",
    "BatchMissing",
    "BatchProgress",
    "BatchRequest",
    "BrokenDataset",
    "BrokenPanel",
    "CasebookMissing",
    "ChartsMissing",
    "Condition",
    "Courses",
    "Dataset",
    "Extra",
    "Filled",
    "Finding",
    "FormatMissing",
    "Imported",
    "LakeUnusable",
    "LintOutcome",
    "NothingToCompare",
    "NothingToDraw",
    "NothingToRead",
    "NothingToWeigh",
    "Outcome",
    "SearchMissing",
    "SegmentShares",
    "ShardFailed",
    "StatisticsMissing",
    "TooManyGroups",
    "UnknownDataset",
    "UnknownPatient",
    "UnknownRule",
    "UnreadableReport",
    "WrongCell",
    "WrongEndpoint",
    "WrongExpression",
    "WrongSite",
    "WrongStains",
    "WrongWeights",
    "add_content",
    "add_files",
    "add_rows",
    "asked_for",
    "back_up",
    "batch",
    "batch_failures",
    "batch_set_aside",
    "casebook",
    "casebook_at",
    "casebook_tables",
    "cell_value",
    "chart_file",
    "checklist",
    "cohort",
    "courses",
    "dataset",
    "dataset_names",
    "described",
    "differential",
    "differential_of",
    "evaluate",
    "examine",
    "example_reports",
    "export",
    "export_casebook",
    "export_formats",
    "export_titles",
    "fetch",
    "forest_chart",
    "formulas",
    "import_content",
    "import_file",
    "lake_locations",
    "lake_missing",
    "lake_tables",
    "lint",
    "lint_files",
    "lint_rules",
    "literature_table",
    "load_curated",
    "load_table",
    "measure",
    "page_picture",
    "read",
    "read_place",
    "read_text",
    "reader_agreement",
    "repetitions",
    "report_files",
    "reread",
    "restore",
    "review",
    "rows",
    "rules_version",
    "search",
    "segment_shares",
    "similar",
    "survival_chart",
    "swimmer_chart",
    "table",
    "tables_at",
    "timeline_chart",
    "verify_lake",
    "zipped",
]

keep_in(START_CACHE)
