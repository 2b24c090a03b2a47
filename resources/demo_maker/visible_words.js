// What a reader can see: the words of each block in reading order. A word that is covered, clipped or cut by an
// ellipsis becomes "▒", so that no quote can run over it.
(() => {
  const blocks = new Map();
  const blockOf = (element) => {
    while (element.parentElement && getComputedStyle(element).display.startsWith("inline")
           && getComputedStyle(element).display !== "inline-block") {
      element = element.parentElement;
    }
    return element;
  };
  const shown = (x, y, element) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (hit === element || element.contains(hit));
  };
  const cut = (box, element) => {
    for (let e = element; e; e = e.parentElement) {
      if (getComputedStyle(e).textOverflow === "ellipsis" && e.scrollWidth > e.clientWidth
          && box.right > e.getBoundingClientRect().right - 18) return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.nodeName === "BR") { blocks.get(blockOf(element))?.push(" "); continue; }
    if (node.nodeType === Node.ELEMENT_NODE) continue;
    if (element.closest("style, script")) continue;
    for (const word of node.data.matchAll(/\s+|\S+/g)) {
      const block = blockOf(element);
      if (!blocks.has(block)) blocks.set(block, []);
      const words = blocks.get(block);
      if (/^\s+$/.test(word[0])) { words.push(" "); continue; }
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const visible = [...range.getClientRects()].every((box) =>
        box.width > 0 && !cut(box, element)
        && [box.left + 2, (box.left + box.right) / 2, box.right - 2].every((x) =>
          [box.top + box.height * 0.3, box.top + box.height * 0.72].every((y) => shown(x, y, element))));
      words.push(visible ? word[0] : "▒");
    }
  }
  return [...blocks.values()].map((words) => words.join("").replace(/\s+/g, " ").trim())
    .filter((text) => /[^▒\s]/.test(text));
})()
