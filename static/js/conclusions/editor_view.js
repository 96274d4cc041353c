// What is looked at: the text, the printed page, or what stands beside. On wide screens the text is always there.
import { signal } from "@preact/signals";

export const view = signal(/** @type {"write" | "page" | "beside"} */ ("write"));
