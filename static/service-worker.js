// Keeps the shell for a lost line (style, scripts, fonts, icons, the page that says so), and answers for the meetings that a
// person chose to keep on this device. VERSION and SHELL are written above by the server. The network comes first, with a limit
// on the time; only what is named by its content (page images, words) comes from the device at once. Nothing else is ever kept:
// no answer of the API, no page of what was not chosen, and never a ballot.

const STORE = `shell-${VERSION}`;
const OFFLINE_PAGE = SHELL[0];
const KEPT_PAGE = "/kept";
const VIEWER_PAGE = "/documents/shell";
const WHO = "/kept/who"; // in the store "keeping": {account, locked, until}
const PATIENCE_MS = 3000;
const SHORT_MS = 800; // while the line is known to be down
const DOWN_MS = 5000;

const PAPER = /^\/documents\/\d+$/;
const MEETING = /^\/meetings\/(\d+)$/;
const LISTS = new Set(["/", "/papers", "/meetings", KEPT_PAGE]);
const IMAGE = /^\/documents\/\d+\/pages\/\d+$/;
const WORDS = /^\/api\/v1\/documents\/\d+\/words$/;
const ANSWER = /^\/api\/v1\/(documents\/\d+\/(reading|notes)|meetings\/\d+\/kept)$/;
const NO_LONGER = new Set([403, 404, 410]);
const GATEWAY = new Set([502, 503, 504]);

let downUntil = 0;

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
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (address.pathname === "/sign-in") event.waitUntil(lock()); // whoever comes in now: nothing is shown before they are known
    return;
  }
  if (request.cache === "no-store") return; // a page that keeps a meeting asks the server itself
  const path = address.pathname;
  if (request.mode === "navigate") event.respondWith(page(request, address));
  else if (IMAGE.test(path)) event.respondWith(image(request, address));
  else if (WORDS.test(path)) event.respondWith(words(request, address));
  else if (ANSWER.test(path)) event.respondWith(answer(request));
  else if (SHELL.includes(path)) event.respondWith(shell(request, path));
});

/** The network's answer, for at most so long; without a limit when there is nothing else to show. */
async function network(request, limited) {
  const asked = fetch(request);
  if (!limited) return asked;
  const limit = Date.now() < downUntil ? SHORT_MS : PATIENCE_MS;
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("slow")), limit));
  const got = await Promise.race([asked, late]);
  if (GATEWAY.has(got.status)) throw new Error("the server is down");
  return got;
}

function down() {
  downUntil = Date.now() + DOWN_MS;
}

async function shell(request, path) {
  const held = await caches.match(path, { cacheName: STORE });
  if (held && Date.now() < downUntil) return held;
  try {
    return await network(request, held);
  } catch {
    down();
    return held ?? Response.error();
  }
}

async function page(request, address) {
  const held = await heldPage(address.pathname);
  try {
    return await network(request, held);
  } catch {
    down();
    return held ?? (await caches.match(OFFLINE_PAGE, { cacheName: STORE })) ?? Response.error();
  }
}

/** What stands in for a page: the viewer without a paper in it, and one page that draws lists and meetings from what is kept. */
async function heldPage(path) {
  if (PAPER.test(path)) return (await held(`/api/v1${path}/reading`)) && held(VIEWER_PAGE);
  const meeting = MEETING.exec(path);
  if (meeting) return (await held(`/api/v1${path}/kept`)) && held(KEPT_PAGE);
  return LISTS.has(path) ? held(KEPT_PAGE) : undefined;
}

/** Named by its content: the device's own copy first. Another width than the kept one is better than nothing. */
async function image(request, address) {
  const own = await held(address.pathname + address.search);
  if (own) return own;
  const other = await widest(address);
  try {
    return await network(request, other);
  } catch {
    return other ?? Response.error();
  }
}

async function widest(address) {
  const found = (await heldAll(address.pathname)).filter(([at]) => at.searchParams.get("v") === address.searchParams.get("v"));
  return found.sort(([one], [two]) => Number(two.searchParams.get("w")) - Number(one.searchParams.get("w")))[0]?.[1];
}

/** The kept answer, else one cut from all that is kept of the paper: the viewer may ask for other pages at once. */
async function words(request, address) {
  const own = await held(address.pathname + address.search);
  if (own) return own;
  try {
    return await network(request, false);
  } catch {
    const [from, to] = ["from", "to"].map((name) => Number(address.searchParams.get(name)));
    const every = await Promise.all((await heldAll(address.pathname)).map(([, each]) => each.json()));
    if (!every.length) return Response.error();
    const data = every.flatMap((each) => each.data).filter((each) => (!from || each.number >= from) && (!to || each.number <= to));
    return Response.json({ data: data.sort((one, two) => one.number - two.number) });
  }
}

/** The newest answer, which also takes the place of the kept one. */
async function answer(request) {
  const own = await held(request.url);
  try {
    const fresh = await network(request, own);
    if (own && fresh.ok) await renew(request.url, fresh.clone());
    if (own && NO_LONGER.has(fresh.status)) await forget(request.url);
    return fresh;
  } catch {
    down();
    return own ?? Response.error();
  }
}

/** The stores of the person whose device this is; none while it is locked (signed out by the server, or somebody else comes in). */
async function stores() {
  const noted = await caches.match(WHO, { cacheName: "keeping" });
  const who = noted ? await noted.json() : null;
  if (!who || who.locked || (who.until && Date.now() > who.until)) return []; // a paired tablet that nobody touched for long
  return (await caches.keys()).filter((name) => name.startsWith(`kept-${who.account}-`));
}

async function held(url) {
  for (const cacheName of await stores()) {
    const found = await caches.match(url, { cacheName, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** Everything kept under a path, whatever its query: [address, answer]. */
async function heldAll(path) {
  const found = [];
  for (const name of await stores()) {
    const store = await caches.open(name);
    for (const key of await store.keys(path, { ignoreSearch: true, ignoreVary: true })) found.push([new URL(key.url), await store.match(key, { ignoreVary: true })]);
  }
  return found;
}

async function renew(url, fresh) {
  for (const name of await stores()) {
    const store = await caches.open(name);
    if (await store.match(url, { ignoreVary: true })) await store.put(url, fresh.clone());
  }
}

/** A right that ended: what was kept of the paper goes at once, its pages and words too, which are shown without asking. */
async function forget(url) {
  const paper = /\/documents\/\d+\//.exec(`${new URL(url).pathname}/`);
  for (const name of await stores()) {
    const store = await caches.open(name);
    for (const key of await store.keys()) {
      if (key.url === url || (paper && `${new URL(key.url).pathname}/`.includes(paper[0]))) await store.delete(key, { ignoreVary: true });
    }
  }
}

async function lock() {
  const noted = await caches.match(WHO, { cacheName: "keeping" });
  if (noted) await (await caches.open("keeping")).put(WHO, Response.json({ ...(await noted.json()), locked: true }));
}

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
