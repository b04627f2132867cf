"use client";

import { useState, useTransition } from "react";
import { clearCache } from "./actions";

export function ClearCache() {
  const [said, say] = useState("");
  const [isBusy, start] = useTransition();
  const handleClearCache = () =>
    start(async () => {
      say(`${await clearCache()} kept answers forgotten`);
    });
  return (
    <p>
      <button disabled={isBusy} onClick={handleClearCache}>
        Clear the cache
      </button>{" "}
      <output>{said}</output>
    </p>
  );
}
