// The page of questions. Without this script the same form and links do the same with plain parts.
import { answers } from "./answers";
import { editor } from "./editor";
import { tabs } from "./tabs";

const form = document.querySelector<HTMLFormElement>("form#ask");
const text = document.querySelector<HTMLTextAreaElement>("textarea#query");

if (form && text) {
  const edited = editor(form, text);
  const shown = (): void => {
    edited.mark(document.querySelector<HTMLElement>("#answer .problem"));
    tabs();
  };
  answers(form, text, shown);
  shown();
}
