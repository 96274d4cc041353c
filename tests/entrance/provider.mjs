// A certified OpenID provider on the loopback, for tests: `node provider.mjs PORT REDIRECT_ORIGIN…`. Whoever comes is signed in as the
// person that POST /test/person named last; POST /test/keys begins with new keys, as a provider does that rotates them.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, ...origins] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
let person = { sub: "1" };
let silent = false;

/** @returns {Provider} */
function made() {
  const key = { ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" };
  return new Provider(issuer, {
    jwks: { keys: [key] },
    clients: [{
      client_id: "meeting",
      client_secret: "a secret of the tests",
      redirect_uris: origins.map((each) => `${each}/sign-in/openid/back`),
      post_logout_redirect_uris: origins.map((each) => `${each}/sign-in`),
    }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "preferred_username"] },
    cookies: { keys: ["of the tests"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...person, sub }) }),
  });
}

let provider = made();

async function interact(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (person.denies) return provider.interactionFinished(request, response, { error: "access_denied" });
  if (prompt.name === "login") return provider.interactionFinished(request, response, { login: { accountId: person.sub, remember: false } });
  const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(String(params.scope));
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

async function told(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString() || "{}");
}

createServer(async (request, response) => {
  try {
    if (silent && !request.url.startsWith("/test/")) return undefined;
    if (request.url === "/test/person") person = await told(request);
    else if (request.url === "/test/keys") provider = made();
    else if (request.url === "/test/silent") silent = (await told(request)).silent;
    else if (request.url.startsWith("/interaction/")) return await interact(request, response);
    else return provider.callback()(request, response);
    return response.end("done");
  } catch (error) {
    response.statusCode = 500;
    return response.end(String(error));
  }
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
