-- CreateTable
CREATE TABLE "CommentaryAnswer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "text" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateIndex
CREATE INDEX "CommentaryAnswer_month_departmentCode_idx" ON "CommentaryAnswer"("month", "departmentCode");
