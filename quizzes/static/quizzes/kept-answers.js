// Answers of one attempt that wait on this device, one entry for each question: windows of one browser share
// the storage, and none may write over what another keeps. Of two answers to a question the later one stays.
globalThis.keptAnswers = (attempt) => {
  const prefix = `dosay-attempt-${attempt}-`;

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return []; // Without storage the answers still wait on their page.
    }
  }

  function write(change) {
    try {
      change();
    } catch {
      // As above; a full storage counts as none.
    }
  }

  return {
    // [question, {response, seq}] in the order of answering.
    all: () =>
      keys()
        .map((key) => [key.slice(prefix.length), read(key)])
        .filter(([, answer]) => Number.isSafeInteger(answer?.seq) && answer.response)
        .sort(([, one], [, other]) => one.seq - other.seq),
    put(question, answer) {
      const known = read(prefix + question);
      if (!(known?.seq > answer.seq)) write(() => localStorage.setItem(prefix + question, JSON.stringify(answer)));
    },
    drop(question, seq) {
      const known = read(prefix + question);
      if (known && !(known.seq > seq)) write(() => localStorage.removeItem(prefix + question));
    },
    clear: () => keys().forEach((key) => write(() => localStorage.removeItem(key))),
  };
};
