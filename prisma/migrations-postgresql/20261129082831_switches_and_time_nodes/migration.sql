-- AlterTable
ALTER TABLE "Setting" ADD COLUMN     "endedAt" TIMESTAMP(3),
ADD COLUMN     "until" TEXT;

-- AlterTable
ALTER TABLE "Material" ADD COLUMN     "sessionCode" TEXT;

-- CreateTable
CREATE TABLE "PlaceAsked" (
    "personId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PlaceAsked_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "VenuePlace" (
    "venue" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "VenuePlace_pkey" PRIMARY KEY ("venue")
);

-- CreateTable
CREATE TABLE "TimeNode" (
    "id" SERIAL NOT NULL,
    "date" TEXT NOT NULL,
    "time" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '[]',
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "TimeNode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TimeNodeChange" (
    "id" SERIAL NOT NULL,
    "nodeId" INTEGER NOT NULL,
    "before" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TimeNodeChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "TimeNode_date_idx" ON "TimeNode"("date");

-- CreateIndex
CREATE INDEX "TimeNodeChange_nodeId_idx" ON "TimeNodeChange"("nodeId");

-- CreateIndex
CREATE INDEX "Material_sessionCode_idx" ON "Material"("sessionCode");
