"use server";

import { revalidatePath } from "next/cache";
import { connect } from "../lib/footfall";

export async function clearCache(): Promise<number> {
  const { cleared } = await connect().shortcuts.clearCache();
  revalidatePath("/");
  return cleared;
}
