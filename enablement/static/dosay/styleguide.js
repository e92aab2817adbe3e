// How a component looks under the pointer and with the focus: each rule for :hover and :focus-visible also holds
// for the classes shown-hover and shown-focus, on this page alone. The components themselves know nothing of it.
(() => {
  const shown = (text) => text.replaceAll(":hover", ".shown-hover").replaceAll(":focus-visible", ".shown-focus");

  const showIn = (group) => {
    for (let at = group.cssRules.length - 1; at >= 0; at--) {
      const rule = group.cssRules[at];
      if (/:(hover|focus-visible)/.test(rule.selectorText ?? "")) group.insertRule(shown(rule.cssText), at + 1);
      else if (rule.cssRules?.length) showIn(rule);
    }
  };
  for (const sheet of document.styleSheets) showIn(sheet);
})();
