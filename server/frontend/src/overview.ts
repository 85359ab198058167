// The overview: what belongs together lights up, and a choice is put in place without a new page.
// Without this script every bar and ribbon is a link to the same.

export {}; // a module of its own

const status = document.createElement("p");
status.setAttribute("role", "status");
status.className = "note";
document.getElementById("overview")?.before(status);

lighten();
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const address = link?.getAttribute("href");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!link?.closest("#overview") || !plain || !address || !/^\/overview(\?|$)/.test(address)) return;
  event.preventDefault();
  void choose(address, true);
});
window.addEventListener("popstate", () => void choose(window.location.pathname + window.location.search, false));

/** Fetch the server's own page and put its overview in place of this one. */
async function choose(address: string, push: boolean): Promise<void> {
  status.textContent = "Choosing …";
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const [found, here] = [page.getElementById("overview"), document.getElementById("overview")];
    if (!response.ok || !found || !here) throw new Error("no overview came");
    here.replaceWith(document.importNode(found, true));
    document.title = page.title;
    if (push) window.history.pushState({}, "", address);
    status.textContent = "";
    lighten();
    const heading = document.querySelector<HTMLElement>("#overview h1");
    heading?.focus({ preventScroll: true });
    if (heading && heading.getBoundingClientRect().top < 0) heading.scrollIntoView();
  } catch {
    window.location.assign(address); // the page itself tells what is wrong
  }
}

/** Light up the ribbons of the bar, and the bars of the ribbon, that is pointed to. */
function lighten(): void {
  document.querySelectorAll<SVGElement>("svg.sankey").forEach(lightenOne);
}

function lightenOne(picture: SVGElement): void {
  const parts = [...picture.querySelectorAll<SVGElement>("a")];
  for (const part of parts) {
    const light = (): void => {
      picture.classList.add("choosing");
      parts.forEach((other) => other.classList.toggle("lit", together(part, other)));
    };
    const dim = (): void => {
      picture.classList.remove("choosing");
      parts.forEach((other) => other.classList.remove("lit"));
    };
    part.addEventListener("pointerenter", light);
    part.addEventListener("focus", light);
    part.addEventListener("pointerleave", dim);
    part.addEventListener("blur", dim);
  }
}

/** Say whether two parts share a bar on each side that both name. */
function together(one: SVGElement, other: SVGElement): boolean {
  const sides = ["left", "right"].filter((side) => one.dataset[side] !== undefined && other.dataset[side] !== undefined);
  return sides.length > 0 && sides.every((side) => one.dataset[side] === other.dataset[side]);
}
