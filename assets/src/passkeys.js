// A form that asks a device for a passkey: <form data-passkey="create|get" data-options="…" hidden>.
// What the device answers goes into its field `answer`, and the form is sent as any other.

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function options(given) {
  const asked = { ...given, challenge: decode(given.challenge) };
  if (given.user) asked.user = { ...given.user, id: decode(given.user.id) };
  for (const name of ["excludeCredentials", "allowCredentials"])
    if (given[name]) asked[name] = given[name].map((one) => ({ ...one, id: decode(one.id) }));
  return asked;
}

function written(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (key.response[name]) response[name] = encode(key.response[name]);
  return JSON.stringify({ id: key.id, rawId: encode(key.rawId), type: key.type, response, clientExtensionResults: {} });
}

for (const form of window.PublicKeyCredential && navigator.credentials ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const said = form.querySelector("[data-passkey-said]");
    try {
      const publicKey = options(JSON.parse(form.dataset.options));
      const key = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.answer.value = written(key);
      form.submit();
    } catch {
      said.hidden = false;
    }
  }, { capture: true });
}
