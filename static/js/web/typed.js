// A field whose value comes from elsewhere too (an answer of the server, another editor): drawing the page again while somebody types
// in it leaves their words alone. What is typed is told when the field is left or Enter is pressed, as the browser's own "change".
import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./ui.js";

/**
 * @param {{value: string, onChange: (value: string) => void, area?: boolean, [name: string]: any}} props `area`: of several lines; what
 *   else is given stands on the element
 */
export function Typed({ value, onChange, area = false, ...rest }) {
  const field = useRef(/** @type {HTMLInputElement | HTMLTextAreaElement | null} */ (null));
  const typing = useRef(false);
  useLayoutEffect(() => {
    if (field.current && !typing.current && field.current.value !== value) field.current.value = value;
  }, [value]);
  const own = {
    ...rest,
    ref: field,
    onInput: () => { typing.current = true; },
    onChange: (/** @type {any} */ event) => { typing.current = false; onChange(event.currentTarget.value); },
  };
  return area ? html`<textarea ...${own}></textarea>` : html`<input ...${own} />`;
}
