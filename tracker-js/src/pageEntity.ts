import { showEntity } from "./entities";

/** Counts the product that the page names as its own: `<meta name="footfall:entity">`, or JSON-LD. */
export function countPage(): void {
  const meta = document.querySelector<HTMLMetaElement>("meta[name='footfall:entity']");
  if (meta) return showEntity(meta.content);
  for (const script of document.querySelectorAll("script[type='application/ld+json']")) {
    const data = JSON.parse(script.textContent!);
    for (const { "@type": type, sku, productID, name } of data["@graph"] || [data].flat()) {
      if (type === "Product") showEntity("product:" + (sku || productID || name));
    }
  }
}
