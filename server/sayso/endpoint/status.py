"""Tell how the server is, for people's eyes and for Prometheus."""

import json
from collections.abc import Iterator
from http import HTTPStatus

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from sayso.endpoint.answer import tail
from sayso.endpoint.board import BUCKETS, Word
from sayso.endpoint.pool import Pool
from sayso.endpoint.wire import Call

_OUTCOMES = (Word.OK, Word.CACHED, Word.ERROR, Word.TOO_LARGE, Word.CLIENT_GONE)


class Status(Collector):
    """Read the counts that workers leave on the board, and the front's own."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def answer(self, call: Call) -> bytes:
        """Answer a request for /health or /metrics, whole."""
        if call.method not in {"GET", "HEAD"}:
            return self._written(call, HTTPStatus.METHOD_NOT_ALLOWED, "text/plain", b"GET, HEAD\n")
        if call.path == b"/metrics":
            return self._written(
                call, HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(self._registry)
            )
        health = self.health()
        well = HTTPStatus.OK if health["status"] == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
        return self._written(call, well, "application/json", json.dumps(health).encode() + b"\n")

    def health(self) -> dict[str, object]:
        """Say which version is served, and by how many workers."""
        pool, current = self._pool, self._pool.current
        hands = list(current.hands.values()) if current else []
        return {
            "status": "ok" if current and (hands or current.forking) else "loading",
            "version": current.version if current else None,
            "workers": len(hands),
            "busy": sum(bool(hand.slot.words[Word.STARTED]) for hand in hands),
            "waiting": len(pool.requests.queue),
            "draining": len(pool.old),
        }

    def _written(self, call: Call, status: HTTPStatus, media_type: str, body: bytes) -> bytes:
        lines = [
            f"HTTP/1.1 {status.value} {status.phrase}",
            f"Content-Type: {media_type}",
            f"Content-Length: {len(body)}",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
        ]
        head = "\r\n".join([*lines, ""]).encode("latin-1")
        end = tail(call.version, keep_alive=call.keep_alive)
        return head + end + (b"" if call.method == "HEAD" else body)

    def collect(self) -> Iterator[Metric]:
        """Yield what Prometheus is told (called by its client)."""
        pool, health = self._pool, self.health()
        yield InfoMetricFamily(
            "sayso_graph", "What is served", value={"version": str(health["version"])}
        )
        requests = CounterMetricFamily("sayso_requests", "Requests by outcome", labels=["outcome"])
        for word in _OUTCOMES:
            requests.add_metric([word.name.lower().replace("_", "-")], pool.total(word))
        for verdict, count in pool.verdicts.outcomes.items():
            requests.add_metric([f"ended-{verdict}".replace("_", "-")], count)
        yield requests
        yield self._durations()
        yield CounterMetricFamily(
            "sayso_answer_bytes", "Bytes of answers", value=pool.total(Word.BYTES)
        )
        for name in ("workers", "busy", "waiting", "draining"):
            yield GaugeMetricFamily(
                f"sayso_{name}", f"As in /health: {name}", value=float(str(health[name]))
            )
        yield CounterMetricFamily("sayso_workers_ended", "Workers killed", value=pool.killed)
        yield CounterMetricFamily("sayso_reloads", "Versions that followed", value=pool.reloads)
        yield CounterMetricFamily(
            "sayso_reloads_failed", "Versions that could not be loaded", value=pool.failed_reloads
        )

    def _durations(self) -> Metric:
        pool, seen, buckets = self._pool, 0, []
        for number, bound in enumerate([*map(str, BUCKETS), "+Inf"]):
            seen += pool.total(Word.BUCKET + number)
            buckets.append((bound, seen))
        return HistogramMetricFamily(
            "sayso_request_seconds",
            "Time from arrival to the last byte sent, of requests that were answered",
            buckets=buckets,
            sum_value=pool.total(Word.NANOSECONDS) / 1e9,
        )
