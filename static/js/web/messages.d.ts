// The catalogue of the page's language, made by tools/catalogues.py and named "messages" in the import map.
declare const messages: Record<string, string>;
export default messages;
