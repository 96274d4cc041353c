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

/** What the server told this device: shown at once; open pages count their bell anew. */
self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  const shown = { body: told.body, tag: told.tag, icon: "/static/vendor/icons/icon-192.png", lang: "vi", data: { url: told.url } };
  const pages = self.clients.matchAll({ type: "window" }).then((found) => found.forEach((page) => page.postMessage("told")));
  event.waitUntil(Promise.all([self.registration.showNotification(told.title || "", shown), pages]));
});

/** A tap leads to the page it is about: in a window that is open, else in a new one. Never to another site. */
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.url || "/", self.location.origin);
  if (address.origin !== self.location.origin) return;
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((found) => {
      const open = found.find((page) => "focus" in page);
      return open ? open.focus().then(() => open.navigate(address.href)) : self.clients.openWindow(address.href);
    }),
  );
});
