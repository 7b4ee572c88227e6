/**
 * The road to the server: JSON, with the token of this page's forms. A refusal is an Error with the server's sentence.
 * Who signed in anew, in another tab, has another token: it is asked for once, and the same thing sent again.
 */
export class Refused extends Error {
  /** `status`: 0 where no server answered. */
  constructor(said, status) {
    super(said.error);
    this.status = status;
    this.said = said;
  }
}

export function server({ token, addresses, say }) {
  const again = async (name, body, signal) => {
    try {
      return await ask(name, body, signal);
    } catch (error) {
      if (![400, 401].includes(error.status)) throw error;
      token = (await ask("data")).token;
      return ask(name, body, signal);
    }
  };
  const ask = async (name, body, signal) => {
    let answer;
    try {
      answer = await fetch(addresses[name], {
        method: body ? "POST" : "GET",
        headers: body ? { "Content-Type": "application/json", "X-CSRFToken": token } : {},
        body: body && JSON.stringify(body),
        credentials: "same-origin",
        signal,
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Refused({ error: say("The server cannot be reached. Your work stays in this page; it is saved once the server answers again.") }, 0);
    }
    const said = await answer.json().catch(() => ({ error: say("The session has ended, or the server is busy. Open Jalon in another tab and sign in; your work stays in this page.") }));
    if (!answer.ok || said.error) throw new Refused(said, answer.ok ? 401 : answer.status); // who is signed out gets a page
    return said;
  };
  return {
    load: () => ask("data"),
    save: (files, revision) => again("save", { files, revision }),
    review: (files, signal) => again("review", { files }, signal),
    feel: (question) => again("feel", question),
  };
}
