"""Writing a draft: the plan started, its results and indicators, expectations, appendix."""

from skp.services.editing.copying import Adoption, results_adopt, results_copy
from skp.services.editing.draft import save_over
from skp.services.editing.indicators import indicator_save
from skp.services.editing.inputs import (
    ROLLUP_OF,
    IndicatorInput,
    IndicatorLine,
    ResultInput,
    ResultSection,
)
from skp.services.editing.parts import appendix_save, approach_set, behaviours_save
from skp.services.editing.results import result_move, result_remove, result_save, section_save
from skp.services.editing.starting import skp_start

__all__ = [
    "ROLLUP_OF",
    "Adoption",
    "IndicatorInput",
    "IndicatorLine",
    "ResultInput",
    "ResultSection",
    "appendix_save",
    "approach_set",
    "behaviours_save",
    "indicator_save",
    "result_move",
    "result_remove",
    "result_save",
    "results_adopt",
    "results_copy",
    "save_over",
    "section_save",
    "skp_start",
]
