-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_ExamPaper" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "examId" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "tryNo" INTEGER NOT NULL,
    "questions" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "right" INTEGER NOT NULL DEFAULT 0,
    "expects" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_ExamPaper" ("examId", "finishedAt", "id", "personId", "questions", "right", "startedAt", "tryNo") SELECT "examId", "finishedAt", "id", "personId", "questions", "right", "startedAt", "tryNo" FROM "ExamPaper";
DROP TABLE "ExamPaper";
ALTER TABLE "new_ExamPaper" RENAME TO "ExamPaper";
CREATE UNIQUE INDEX "ExamPaper_examId_personId_tryNo_key" ON "ExamPaper"("examId", "personId", "tryNo");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
