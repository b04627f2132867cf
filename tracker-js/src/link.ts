import type { Props } from "./wire";

const FILES = /\.(pdf|zip|docx?|xlsx?|pptx?|csv|exe|dmg|apk|mp[34])$/i;

/** Where a link leads, without query and fragment (they can hold secrets), and its kind; of `mailto:` and the like only that. */
export function getLink({ protocol, host, pathname, href, download }: HTMLAnchorElement): Props {
  if (!/^http/.test(protocol)) return { link: protocol.slice(0, -1) };
  const isFile = download || FILES.test(pathname);
  return {
    href: href.replace(/[?#].*/, ""),
    link: isFile ? "download" : host !== location.host ? "outbound" : undefined,
  };
}
