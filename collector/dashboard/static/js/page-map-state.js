// What the page of one page's clicks and scrolling adds to the address.

export const PAGE_MAP_STATE = {
  read: (params) => ({ page: params.get("page") ?? "", screen: params.get("screen") ?? "" }),
  write({ page, screen }, params) {
    if (page) params.set("page", page);
    if (screen) params.set("screen", screen);
  },
};
