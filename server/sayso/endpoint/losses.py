"""Deal with workers that died: hear what they said last, and tell their clients."""

from collections.abc import Iterator

from sayso.endpoint import channel
from sayso.endpoint.board import Word
from sayso.endpoint.door import State
from sayso.endpoint.hands import Hand
from sayso.endpoint.requests import Requests
from sayso.endpoint.verdicts import Verdicts
from sayso.endpoint.worker import FETCH


def last_words(hand: Hand) -> Iterator[tuple[bytes, bytes]]:
    """Yield what a worker said before it died, but for what it came to fetch."""
    hand.end.setblocking(False)
    try:
        while True:
            kind, content, _ = channel.receive(hand.end)
            if not kind:
                return
            if kind != FETCH:
                yield kind, content
    except OSError:
        return


def bereave(hand: Hand, requests: Requests, verdicts: Verdicts) -> bool:
    """Tell the client of a dead worker, or break its answer off; say whether it was killed."""
    connection = requests.of(hand)
    if connection is None or connection.state is not State.HELD:
        return False
    words = hand.slot.words
    started, begun = words[Word.STARTED], words[Word.BEGUN]
    if not started and words[Word.NEXT] == words[Word.SERIAL]:
        return False  # it was answered, and the connection is waited for again, or is lost
    requests.release(connection.number)
    verdict = hand.verdict or "error"
    if not started or (hand.verdict and words[Word.SERIAL] != hand.judged):
        verdict = "busy"  # the next request had just come; let it be sent again
    asked = hand.slot.asked() if started else ""
    if started and begun:
        verdicts.break_off(connection, verdict, asked, started, begun)
    else:
        deadline = (words[Word.DEADLINE] - started) / 1e9
        verdicts.tell(connection, verdict, asked, started, deadline)
    return bool(hand.verdict)
