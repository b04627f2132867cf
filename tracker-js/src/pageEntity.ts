import { countEntity } from "./entities";

/** Counts the product that the page names as its own: `<meta name="footfall:entity">`, or JSON-LD. */
export function countPage(): void {
  const meta = document.querySelector<HTMLMetaElement>("meta[name='footfall:entity']");
  if (meta) return countEntity(meta.content);
  for (const script of document.querySelectorAll("script[type='application/ld+json']")) {
    const data = JSON.parse(script.textContent!);
    for (const { "@type": type, sku, productID, name } of data["@graph"] || [data].flat()) {
      if (type === "Product") countEntity("product:" + (sku || productID || name));
    }
  }
}
