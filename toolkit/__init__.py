"""toolkit: articles of news as pandas frames of sentences, entities, dates and claims."""

from toolkit.actors import why
from toolkit.claim_groups import claim_pairs
from toolkit.claim_plot import plot_claim_acts, plot_claims, plot_comparison
from toolkit.claim_summary import claim_summary, compare_claims
from toolkit.cooccurrence import actors_over_time, cooccurrence, evidence
from toolkit.cooccurrence_plot import plot_actors_over_time, plot_matrix
from toolkit.corpus import Corpus, load
from toolkit.errors import ToolkitError
from toolkit.export import export
from toolkit.network import centrality, communities, plot_network, to_graph, write_graph
from toolkit.report import summary, write_report
from toolkit.timeline import timeline, timeline_evidence, timeline_left_out
from toolkit.timeline_plot import plot_timeline
from toolkit.widgets import explore_actors, explore_article, explore_claims, explore_timeline, read_article

__all__ = [
    "Corpus",
    "ToolkitError",
    "actors_over_time",
    "centrality",
    "claim_pairs",
    "claim_summary",
    "communities",
    "compare_claims",
    "cooccurrence",
    "evidence",
    "explore_actors",
    "explore_article",
    "explore_claims",
    "explore_timeline",
    "export",
    "load",
    "plot_actors_over_time",
    "plot_claim_acts",
    "plot_claims",
    "plot_comparison",
    "plot_matrix",
    "plot_network",
    "plot_timeline",
    "read_article",
    "summary",
    "timeline",
    "timeline_evidence",
    "timeline_left_out",
    "to_graph",
    "why",
    "write_graph",
    "write_report",
]
