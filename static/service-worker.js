// Keeps the shell for a lost line: style, scripts, fonts, icons and the page that says so. VERSION and SHELL are written above
// by the server. The network always comes first, so nobody works with an old script; pages, API answers and papers are never kept.

const STORE = `shell-${VERSION}`;
const OFFLINE_PAGE = SHELL[0];

/** Asked without cookies, so that the kept page carries nobody's name. */
const anonymous = (path) => new Request(path, { credentials: "omit", cache: "reload" });

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(SHELL.map(anonymous))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("shell-") && name !== STORE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET") return;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(OFFLINE_PAGE)));
  else if (SHELL.includes(path)) event.respondWith(fetch(request).catch(() => caches.match(path)));
});
