// Passkeys: where the browser knows them, their buttons show, and a form carries the device's answer.

const isKnown = () => window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.PublicKeyCredential?.parseCreationOptionsFromJSON;

async function answer(form) {
  const asked = await fetch(form.dataset.ask, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" } });
  if (!asked.ok) throw new Error("not asked");
  const { state, options } = await asked.json();
  const credential = form.dataset.passkey === "add"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  form.elements.State.value = state;
  form.elements.Credential.value = JSON.stringify(credential.toJSON());
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!isKnown()) {
    form.closest("[data-scripted]")?.setAttribute("hidden", "");
    continue;
  }
  form.closest("[hidden]")?.removeAttribute("hidden");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const trouble = form.querySelector("[role=status]");
    trouble.textContent = "";
    try {
      await answer(form);
    } catch {
      trouble.textContent = "No passkey was used. Your device knows none for this address, or you stopped it.";
      return;
    }
    form.submit();
  });
}
document.documentElement.dataset.passkeys = "ready";
